import { runProgram } from "../../engine/in-process/program";
import { type Registration } from "../../engine/in-process/registration";
import { withoutSourceMaps } from "./graph";

/** Where the tests' components are, and whose they are. */
export const place = {
  region: "us-east-1",
  partition: "aws",
  accountId: "123456789012",
  namePrefix: "baseline",
  tags: { owner: "tests" },
};

/** Every resource that `program` declares, as at preview, in the order in which they are registered. */
export async function declared(program: () => unknown, onLog?: (message: string) => void): Promise<Registration[]> {
  const registrations: Registration[] = [];
  withoutSourceMaps();
  await runProgram(
    // A resource that a program returns would become an output of the stack.
    { program: () => void program(), project: "test", stack: "test", config: {}, preview: true, onLog },
    {
      register: (registration) => {
        registrations.push(registration);
        return Promise.resolve({ outputs: registration.inputs });
      },
      invoke: (token) => Promise.reject(new Error(`a component asked for ${token}`)),
    },
  );
  return registrations;
}

/** What each region has of a type, in the order declared; resources without a region under `account`. */
export function byRegion(registrations: Registration[], type: string): Record<string, Registration[]> {
  const regions: Record<string, Registration[]> = {};
  for (const each of registrations.filter((registration) => registration.type === type)) {
    (regions[(each.inputs["region"] as string | undefined) ?? "account"] ??= []).push(each);
  }
  return regions;
}

/** Names of the resources that `program` no longer declares. */
export async function removed(before: () => unknown, after: () => unknown): Promise<string[]> {
  const left = new Set((await declared(after)).map(({ urn }) => urn));
  return (await declared(before)).filter(({ urn }) => !left.has(urn)).map(({ name }) => name);
}

/** The text of every input, in which a partition that is somebody else's would stand out. */
export function inputsText(registrations: Registration[]): string {
  return JSON.stringify(registrations.filter(({ custom }) => custom).map(({ inputs }) => inputs));
}
