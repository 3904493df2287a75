import { RejectedError, type Rejection } from '@parley/contracts';

/** The edge's last step: the use case's value, or its refusal thrown to the filter that answers it. */
export function unwrap<T extends object>(result: T | Rejection): T {
  if (isRejection(result)) throw new RejectedError(result);
  return result;
}

function isRejection(result: object): result is Rejection {
  return 'ok' in result && result.ok === false;
}
