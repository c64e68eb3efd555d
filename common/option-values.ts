import { type Command, InvalidArgumentError } from "commander";

/**
 * Refuses an option as the value of another: `--evidence --apply` would make a folder of that name, and `--done --endpoint
 * http://localhost:5000` would leave the emulator for the real account.
 */
export function requireValues(command: Command): void {
  for (const option of command.options.filter(({ required }) => required)) {
    const own = option.parseArg;
    option.argParser((value: string, before: unknown) => {
      if (value.startsWith("--")) {
        throw new InvalidArgumentError(`${value} is an option, and no value.`);
      }
      if (own) {
        return own(value, before);
      }
      // As commander does where nobody parses.
      return option.variadic && Array.isArray(before) && before !== option.defaultValue
        ? [...(before as string[]), value]
        : option.variadic
          ? [value]
          : value;
    });
  }
  command.commands.forEach(requireValues);
}
