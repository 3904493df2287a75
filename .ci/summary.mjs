// node .ci/summary.mjs FAILED_STEPS REPORT... : the last line of a run, from vitest's JSON reports.
import { readFileSync } from 'node:fs';

const [steps, ...files] = process.argv.slice(2);
const reports = files.map(read);
const sum = (count) => reports.reduce((total, report) => total + count(report), 0);

// A failed test has failed its step too: count it once. A step that fails without a failed test (no report, a spec that
// cannot be loaded, an unhandled error) counts itself.
const stepsOfFailedTests = reports.filter(({ failed }) => failed > 0).length;
const passed = sum((report) => report.passed);
const failed = sum((report) => report.failed) + Math.max(0, Number(steps) - stepsOfFailedTests);
const skipped = sum((report) => report.skipped);
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
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
