/** The first word of every id that comes from here. */
export const platform = 'web'
