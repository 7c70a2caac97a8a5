import { botScopes, subscriptions } from '#adapters/slack/subscriptions.ts'
import { suggestedPrompts } from '#adapters/slack/suggested-prompts.ts'
import { type MessageCommand, messageCommands } from '#src/core/command.ts'

const description = 'A companion to talk to: its words appear while it finds them, and it remembers the conversation.'

/** At most 150 characters each. */
const shortcuts: Readonly<Record<MessageCommand, string>> = {
  ask: 'Ask Aeries about a message; it answers in your DM',
  why: 'See what shaped an answer that Aeries gave you',
}

/**
 * What a new Slack app is made from, with exactly the scopes and events that the adapter uses. `url`: the address of
 * Aeries on the web, for events by HTTP and for installations; without it events come over Socket Mode.
 */
export function slackManifest(url: string | undefined): object {
  const at = (path: string) => `${url?.replace(/\/+$/, '')}${path}`
  const events = { bot_events: Object.keys(subscriptions).sort() }
  return {
    display_information: { name: 'Aeries', description },
    features: {
      agent_view: { agent_description: description, suggested_prompts: suggestedPrompts },
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      shortcuts: Object.entries(messageCommands).map(([callback_id, name]) => ({
        name,
        type: 'message',
        callback_id,
        description: shortcuts[callback_id as MessageCommand],
      })),
      slash_commands: [
        {
          command: '/aeries',
          ...(url !== undefined && { url: at('/slack/events') }),
          description: 'Ask Aeries about itself, and about what it knows of you',
          usage_hint: 'help, or one of the verbs that it tells',
          should_escape: true,
        },
      ],
      bot_user: { display_name: 'Aeries', always_online: true },
    },
    oauth_config: {
      ...(url !== undefined && { redirect_urls: [at('/slack/oauth_redirect')] }),
      scopes: { bot: botScopes },
    },
    settings: {
      event_subscriptions: { ...(url !== undefined && { request_url: at('/slack/events') }), ...events },
      interactivity: { is_enabled: true, ...(url !== undefined && { request_url: at('/slack/events') }) },
      org_deploy_enabled: false,
      socket_mode_enabled: url === undefined,
      token_rotation_enabled: false,
    },
  }
}
