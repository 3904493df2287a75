const HIGHEST_PORT = 65_535;

export interface LinkAddress {
  host: string;
  port: number;
}

/** Of "host:port" or "[IPv6]:port", as other processes reach it; null where the name is no address. */
export function parseLinkAddress(name: string): LinkAddress | null {
  const found = /^(?:\[([0-9A-Fa-f:.]+)\]|([^\s:[\]/]+)):(\d{1,5})$/.exec(name);
  const host = found?.[1] ?? found?.[2];
  const port = Number(found?.[3]);
  return host && port > 0 && port <= HIGHEST_PORT ? { host, port } : null;
}
