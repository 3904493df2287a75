import { signalsContract } from '../testing/signals.contract.js';
import { InMemorySignals } from './in-memory-signals.js';

signalsContract('InMemorySignals', async () => new InMemorySignals());
