export { copyText } from "../../shared/copy";
