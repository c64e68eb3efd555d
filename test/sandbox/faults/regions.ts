import { type Asked, type Meddling } from "../../support/meddling-proxy";

/** Leaves in the list of enabled regions only these. @param regions default: all that the emulator has */
export function enabledOnly(regions: readonly string[] | undefined, { service, action }: Asked): Meddling {
  if (regions === undefined || `${service}:${action}` !== "ec2:DescribeRegions") return undefined;
  const item = /<item>(?:(?!<\/item>)[^])*<regionName>([^<]*)<\/regionName>[^]*?<\/item>/g;
  return { change: (body) => body.replace(item, (each, name: string) => (regions.includes(name) ? each : "")) };
}
