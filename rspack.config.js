/**
 * What the Nest CLI's own rspack options lack.
 *
 * - `import.meta` stays as it is: the default writes the path of the source file on the building machine into the bundle.
 * - Classes are compiled for the `target` of tsconfig.json: the default, ES2021, gives class fields another meaning
 *   (fields without a value are not created) than the type checker and the specs have.
 */
export default (options) => {
  const [typescript] = options.module.rules;
  typescript.use[0].options.jsc.target = 'es2023';
  return {
    ...options,
    module: { ...options.module, parser: { javascript: { importMeta: false } } },
  };
};
