import { join } from "node:path";
import { packageRoot } from "../../common/package-root";

/** What `node --require` needs to load TypeScript in a process that a test starts. */
export const register = join(packageRoot(), "scripts", "register.cjs");
