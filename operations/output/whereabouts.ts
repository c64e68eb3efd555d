/** A resource as far as tables need it. */
export interface Placed {
  control: string;
  /** Absent for what is not regional. */
  region?: string;
}

/** One row per control: its class, how many resources, and where they are. */
export function controlRows(resources: Placed[]): [control: string, resources: string, where: string][] {
  const controls = [...new Set(resources.map(({ control }) => control))].sort();
  return controls.map((control) => {
    const own = resources.filter((each) => each.control === control);
    return [control, String(own.length), whereabouts(own)];
  });
}

// "account 4, us-east-1 22", or for many regions alike "17 regions, 7 in each".
function whereabouts(resources: Placed[]): string {
  const byRegion = new Map<string, number>();
  for (const { region = "account" } of resources) {
    byRegion.set(region, (byRegion.get(region) ?? 0) + 1);
  }
  const regional = [...byRegion].filter(([region]) => region !== "account");
  const account = byRegion.get("account");
  const parts = account === undefined ? [] : [`account ${account}`];
  if (regional.length <= 2) {
    return [...parts, ...regional.map(([region, number]) => `${region} ${number}`)].join(", ");
  }
  const numbers = regional.map(([, number]) => number);
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)];
  return [...parts, `${regional.length} regions, ${least === most ? most : `${least} to ${most}`} in each`].join(", ");
}
