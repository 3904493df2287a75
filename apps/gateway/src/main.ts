import { GatewayConfig, loadConfigOrExit } from '@parley/config';
import { exitWithoutEngines } from '@parley/operability';

loadConfigOrExit(GatewayConfig);
exitWithoutEngines('gateway');
