import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { ERRORS, ProblemView, type ErrorCode } from '@parley/contracts';

/**
 * Names the refusals of a route (or, on a controller, of all its routes) in the OpenAPI document. Documentation only:
 * one response per HTTP status, with the problem schema and the codes that it may carry.
 */
export function Refuses(...codes: ErrorCode[]): ClassDecorator & MethodDecorator {
  const statuses = [...new Set(codes.map((code) => ERRORS[code].status))];
  return applyDecorators(
    ApiExtraModels(ProblemView),
    ...statuses.map((status) =>
      ApiResponse({
        status,
        description: codes
          .filter((code) => ERRORS[code].status === status)
          .map((code) => `\`${code}\`: ${ERRORS[code].title}`)
          .join('; '),
        content: { 'application/problem+json': { schema: { $ref: getSchemaPath(ProblemView) } } },
      }),
    ),
  );
}
