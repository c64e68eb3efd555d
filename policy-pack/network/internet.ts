import { parseCidr, type Range } from "./cidr";
import { intersect, size, subtract, union } from "./ranges";

const blocks = (...cidrs: string[]): Range[] => cidrs.map((cidr) => parseCidr(cidr)!);

// IANA IPv4 Special-Purpose Address Registry, and everything from 224.0.0.0 up (multicast, reserved).
const notPublic4 = [
  ...blocks("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
  ...blocks("192.0.0.0/24", "192.0.2.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24"),
  ...blocks("224.0.0.0/3"),
];

// IANA IPv6 Global Unicast Address Assignments: what the regional registries hold. The rest of 2000::/3 is empty, so
// that a /12 which is nothing on paper is a whole continent in practice.
const assigned6 = [
  ...blocks("2001:200::/23", "2001:400::/22", "2001:800::/21", "2001:1200::/23", "2001:1400::/22", "2001:1800::/21"),
  ...blocks("2001:2000::/19", "2001:4000::/18", "2001:8000::/17", "2003::/18", "2400::/12", "2410::/12", "2600::/12"),
  ...blocks("2610::/23", "2620::/23", "2630::/12", "2800::/12", "2a00::/12", "2a10::/12", "2c00::/12"),
];

// A share is taken of each of these, and the largest counts.
const spaces = [subtract(blocks("0.0.0.0/0"), notPublic4), blocks("2000::/3"), union(assigned6)].map((ranges) => ({
  ranges,
  total: size(ranges),
}));

/** The share of the public internet these addresses are, from 0 to 1: of IPv4 or of IPv6, whichever is more. */
export function shareOfInternet(ranges: readonly Range[]): number {
  return Math.max(...spaces.map(({ ranges: space, total }) => ratio(size(intersect(ranges, space)), total)));
}

const steps = 1n << 40n;

function ratio(part: bigint, whole: bigint): number {
  return part === whole ? 1 : Number((part * steps) / whole) / Number(steps);
}
