const DEADLINE_MS = 10_000;
const LOOK_EVERY_MS = 50;

/**
 * Waits for something that another request decided and the router is about to store. Resolves to false when it was not
 * seen within 10 s. Rejects when `isSeen` does.
 */
export async function untilSeen(isSeen: () => Promise<boolean>): Promise<boolean> {
  const deadline = performance.now() + DEADLINE_MS;
  while (!(await isSeen())) {
    if (performance.now() >= deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  return true;
}
