import { mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Makes a folder, and the folders above it that are missing.
 *
 * `recursive` of Node never ends where the file system answers that there is no such folder (`/proc`), and says "no such
 * folder" of a read-only file system.
 *
 * @param mode of each folder that is made, less the umask. Default: 0777
 * @returns whether the folder was made; false where it was there
 * @throws the error of the file system about the first folder that could not be made
 */
export function makeFolders(folder: string, mode = 0o777): boolean {
  if (isFolder(folder)) {
    return false;
  }
  const parent = dirname(folder);
  if (parent !== folder) {
    makeFolders(parent, mode);
  }
  try {
    mkdirSync(folder, { mode });
    return true;
  } catch (error) {
    // Another process may have made it meanwhile.
    if (isFolder(folder)) {
      return false;
    }
    throw error;
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
