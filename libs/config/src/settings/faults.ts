/** Variables of which all are set, or none. */
export function faultsOfGroup(group: Readonly<Record<string, unknown>>): string[] {
  const names = Object.keys(group);
  const set = names.filter((name) => group[name] !== undefined);
  if (set.length === 0 || set.length === names.length) return [];
  return [`${names.join(', ')} belong together: set all of them, or none`];
}

/** A certificate that would not be used is a fault: whoever sets it believes the connection to be secured by it. */
export function faultsOfTls(ca: Readonly<Record<string, unknown>>, isUsed: boolean, condition: string): string[] {
  if (isUsed) return [];
  return Object.keys(ca)
    .filter((name) => ca[name] !== undefined)
    .map((name) => `${name} is set, but it is used only where ${condition}`);
}
