// Stack traces name the lines of the TypeScript that people wrote, not those of the code it was compiled to.
const Module = require("node:module");

/**
 * Makes every stack trace name source lines. Only the frames of our own code are looked up: the maps of Pulumi's SDK
 * would take seconds, and its compiled files are readable.
 *
 * @param sourceOf tells of a loaded file its `source`, a path, and its `map`, a text; undefined for all others
 */
module.exports = function nameSourceLines(sourceOf) {
  const known = new Map();
  const parsed = (path) => {
    if (!known.has(path)) {
      const found = path ? sourceOf(path) : undefined;
      known.set(path, found && { source: found.source, map: new Module.SourceMap(JSON.parse(found.map)) });
    }
    return known.get(path);
  };
  const place = (site) => {
    const path = site.getFileName();
    const found = parsed(path);
    if (found === undefined) return `${site}`;
    const [line, column] = [site.getLineNumber(), site.getColumnNumber()];
    const { originalLine = line - 1, originalColumn = column - 1 } = found.map.findEntry(line - 1, column - 1);
    const shown = `${found.source}:${originalLine + 1}:${originalColumn + 1}`;
    return `${site}`.replace(`${path}:${line}:${column}`, () => shown);
  };
  Error.prepareStackTrace = (error, sites) =>
    [Error.prototype.toString.call(error), ...sites.map((site) => `    at ${place(site)}`)].join("\n");
};
