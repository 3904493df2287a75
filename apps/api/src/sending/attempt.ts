import { rejected, validate, type Fault, type Rejection } from '@parley/contracts';

/**
 * A REST call as the socket's event of the same meaning: `fields` come from path and body, the header Idempotency-Key is
 * the client_msg_id. So both faces check the same rules; a refusal names the header where the key is at fault.
 */
export function attemptOf<T extends object>(
  dto: new () => T,
  fields: object,
  key: string | undefined,
): { ok: true; value: T } | Rejection {
  const checked = validate(dto, { ...fields, client_msg_id: key });
  if (checked.ok) return checked;
  const isKey = ({ path }: Fault): boolean => path === 'client_msg_id';
  const keyFault = { path: 'Idempotency-Key', message: 'must be one UUID' };
  const faults = (checked.faults ?? []).map((fault) => (isKey(fault) ? keyFault : fault));
  const message = faults[0] === keyFault ? 'The header Idempotency-Key must be one UUID' : checked.message;
  return rejected(checked.code, message, { faults });
}
