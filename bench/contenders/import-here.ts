/** Imports a package that is installed in this folder, which a plain install of Aeries leaves empty. */
export function importHere(name: string): Promise<unknown> {
  return import(name)
}
