import { spawnSync } from "node:child_process";

/**
 * Why a suite cannot run on this machine; undefined when it can. Told when the suite is defined, so that its title,
 * which the report prints first, carries the reason.
 */
export const whyNotEngine =
  spawnSync("pulumi", ["version"], { stdio: "ignore" }).error === undefined
    ? undefined
    : "skipped: there is no `pulumi` on PATH";

export const whyNotProc = process.platform === "linux" ? undefined : "skipped: it reads /proc, which only Linux has";

/** A title with the reason why it is skipped, if it is. */
export function titled(title: string, why: string | undefined): string {
  return why === undefined ? title : `${title} (${why})`;
}
