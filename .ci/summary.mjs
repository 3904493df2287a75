// node .ci/summary.mjs REPORT FAILED_STEPS: the last line of a run, from vitest's JSON report.
import { readFileSync } from 'node:fs';

const [file, steps] = process.argv.slice(2);
const failedSteps = Number(steps);
const tests = read(file);

// A failed test has failed the test step too: count it once. A step that fails without a failed test (no report, a
// spec that cannot be loaded, an unhandled error) counts itself.
const failed = tests.failed + failedSteps - (tests.failed > 0 ? 1 : 0);
console.log(`${tests.passed} passed, ${failed} failed${tests.skipped > 0 ? `, ${tests.skipped} skipped` : ''}`);
process.exitCode = failed === 0 ? 0 : 1;

function read(path) {
  try {
    const report = JSON.parse(readFileSync(path, 'utf8'));
    return {
      passed: report.numPassedTests,
      failed: report.numFailedTests,
      skipped: report.numPendingTests + report.numTodoTests,
    };
  } catch {
    return { passed: 0, failed: 0, skipped: 0 };
  }
}
