import * as ipaddr from "ipaddr.js";

/** A run of addresses, both ends included. */
export interface Range {
  readonly version: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
}

const bits = { 4: 32n, 6: 128n } as const;

/**
 * Reads one CIDR block in any spelling: blanks around it, host bits set, short or long IPv6, a bare address.
 * An IPv4-mapped IPv6 block counts as the IPv4 block it is.
 *
 * @returns undefined when it is not a CIDR block
 */
export function parseCidr(text: string): Range | undefined {
  const [address = "", prefix, ...rest] = text.trim().split("/");
  if (rest.length > 0 || !ipaddr.isValid(address) || (prefix !== undefined && !/^\d{1,3}$/.test(prefix))) {
    return undefined;
  }
  const parsed = ipaddr.parse(address);
  const version = parsed.kind() === "ipv6" ? 6 : 4;
  const length = prefix === undefined ? bits[version] : BigInt(prefix);
  if (length > bits[version]) {
    return undefined;
  }
  const value = parsed.toByteArray().reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  const hosts = bits[version] - length;
  const first = (value >> hosts) << hosts;
  return unmapped({ version, first, last: first + (1n << hosts) - 1n });
}

const mapped = 0xffffn << 32n;

function unmapped(range: Range): Range {
  const inside = range.version === 6 && range.first >= mapped && range.last <= mapped + 0xffffffffn;
  return inside ? { version: 4, first: range.first - mapped, last: range.last - mapped } : range;
}

/** The block in its usual spelling, for messages; a run that is no block is shown by its ends. */
export function formatRange({ version, first, last }: Range): string {
  const size = last - first + 1n;
  const hosts = size.toString(2).length - 1;
  const aligned = size === 1n << BigInt(hosts) && first % size === 0n;
  const show = (value: bigint): string => formatAddress(version, value);
  return aligned ? `${show(first)}/${Number(bits[version]) - hosts}` : `${show(first)}-${show(last)}`;
}

function formatAddress(version: 4 | 6, value: bigint): string {
  const length = Number(bits[version]) / 8;
  const bytes = Array.from({ length }, (_, index) => Number((value >> BigInt(8 * (length - 1 - index))) & 0xffn));
  return ipaddr.fromByteArray(bytes).toString();
}
