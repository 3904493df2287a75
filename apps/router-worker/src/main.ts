import { loadConfigOrExit, RouterWorkerConfig } from '@parley/config';
import { exitWithoutEngines } from '@parley/operability';

loadConfigOrExit(RouterWorkerConfig);
exitWithoutEngines('router-worker');
