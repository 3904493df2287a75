/**
 * `npm run fuzz [-- --seconds N] [--seed S] [--target standalone|cluster] [--part NAME]`: throws generated events, frames,
 * log records and REST calls at a server while two people chat on it. Ends with the first thing that is wrong, and with
 * the seed that shows it again.
 */
import { parseArguments } from './arguments.js';
import { fuzz } from './fuzz.js';

try {
  const complaints = await fuzz(parseArguments(process.argv.slice(2)), (line) => console.log(line));
  process.exit(complaints.length === 0 ? 0 : 1);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
