import { ApiConfig, loadConfigOrExit } from '@parley/config';
import { exitWithoutEngines } from '@parley/operability';

loadConfigOrExit(ApiConfig);
exitWithoutEngines('api');
