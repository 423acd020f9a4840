import { consoleBuild } from "./vite.console";

// The console of trainers.
export default consoleBuild("trainer");
