/** Where two values of plain data differ first, as a sentence with the path to it; null where they are equal. */
export function firstDifference(expected: unknown, found: unknown, path = ''): string | null {
  if (Object.is(expected, found)) return null;
  if (!isObject(expected) || !isObject(found)) {
    return `${path} is ${JSON.stringify(found)} and should be ${JSON.stringify(expected)}`;
  }
  for (const key of new Set([...Object.keys(expected), ...Object.keys(found)])) {
    const difference = firstDifference(expected[key], found[key], path === '' ? key : `${path}.${key}`);
    if (difference) return difference;
  }
  return null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
