/** Nobody gets pinged by what a model writes. Said on edits, too: there Discord falls back to pinging everybody named. */
export const nobody = { parse: [], replied_user: false } as const
