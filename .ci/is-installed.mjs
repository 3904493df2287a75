// Exits with 0 when node_modules is what package-lock.json asks for, judged by the lock file that npm keeps inside
// node_modules. Optional packages may be missing: most are for other platforms.
import { readFileSync } from 'node:fs';

const packagesOf = (file) => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return {};
  }
};
const installed = packagesOf('node_modules/.package-lock.json');
const asksFor = Object.entries(packagesOf('package-lock.json')).filter(([path]) => path !== '');

const isMissing = ([path, wanted]) => !wanted.optional && installed[path]?.integrity !== wanted.integrity;
process.exitCode = asksFor.length === 0 || asksFor.some(isMissing) ? 1 : 0;
