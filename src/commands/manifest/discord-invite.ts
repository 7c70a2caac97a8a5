import { PermissionFlagsBits } from 'discord.js'

/** What Aeries does on a server, and no more. */
export const discordPermissions = [
  'ViewChannel',
  'SendMessages',
  'SendMessagesInThreads',
  'ReadMessageHistory',
  'AttachFiles',
] as const

/** The link that brings the bot onto a server, and what has to be switched on before. */
export function discordInvite(token: string | undefined): string {
  const id = token === undefined ? undefined : applicationOf(token)
  const bits = discordPermissions.reduce((all, name) => all | PermissionFlagsBits[name], 0n)
  const link = new URL('https://discord.com/oauth2/authorize')
  link.search = `client_id=${id ?? 'APPLICATION_ID'}&scope=bot+applications.commands&permissions=${bits}`
  return [
    'In the developer portal, on the page of your application (https://discord.com/developers/applications):',
    '  Bot, Privileged Gateway Intents: switch Message Content Intent on, so that people in a thread can go on without a mention.',
    '  Installation: leave Guild Install on.',
    ...(id === undefined
      ? ['  General Information: copy the Application ID into the link, or set DISCORD_TOKEN.']
      : []),
    'Then open this link and choose a server:',
    `  ${link.href}`,
    `It asks for these permissions: ${discordPermissions.join(', ')}.`,
    '',
  ].join('\n')
}

/** A bot token begins with the application's id, in Base64. */
function applicationOf(token: string): string | undefined {
  const id = Buffer.from(token.replace(/^Bot\s+/i, '').split('.')[0] ?? '', 'base64').toString()
  return /^\d{16,20}$/.test(id) ? id : undefined
}
