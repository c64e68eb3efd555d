/**
 * Options of a resource that keeps evidence, or that locks it. `pulumi destroy` and a replacement refuse it while it is
 * protected. When an administrator has lifted the protection, Pulumi forgets the resource and leaves it in the account
 * as it is: with its policy, its versioning and its lock, and readable, because its key stays too.
 */
export const evidence = { protect: true, retainOnDelete: true } as const;
