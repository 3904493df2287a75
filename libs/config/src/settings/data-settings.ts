import { IntegerVariable, TextVariable } from '../variable.js';

/** Of the embedded engines. */
export class DataSettings {
  @TextVariable({ about: 'The folder that holds all data of the embedded engines.' })
  readonly DATA_DIR: string = './data';

  @IntegerVariable({
    min: 1,
    max: 1_024,
    about: 'Partitions of the embedded log, fixed by the first start on a data folder.',
  })
  readonly LOG_PARTITIONS: number = 8;
}
