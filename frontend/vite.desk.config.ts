import { consoleBuild } from "./vite.console";

// The console of support agents.
export default consoleBuild("desk");
