import { quarantineContract, type QuarantineUnderTest } from '../testing/quarantine.contract.js';
import { TemporaryStore } from '../testing/temporary-store.js';
import { EmbeddedQuarantine } from './embedded-quarantine.js';

function openOn(temporary: TemporaryStore): QuarantineUnderTest {
  return {
    quarantine: new EmbeddedQuarantine(temporary.store),
    afterKill: async () => openOn(temporary.afterKill()),
    close: () => temporary.close(),
  };
}

quarantineContract('EmbeddedQuarantine', async () => openOn(TemporaryStore.open()));
