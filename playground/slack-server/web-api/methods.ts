import type { Method } from './method.ts'
import { appMethods } from './methods/app-methods.ts'
import { assistantMethods } from './methods/assistant-methods.ts'
import { chatMethods } from './methods/chat-methods.ts'
import { conversationMethods } from './methods/conversation-methods.ts'
import { peopleMethods } from './methods/people-methods.ts'
import { streamMethods } from './methods/stream-methods.ts'

/** Every method that this Slack knows. */
export const methods: ReadonlyMap<string, Method> = new Map(
  Object.entries({
    ...appMethods,
    ...assistantMethods,
    ...chatMethods,
    ...conversationMethods,
    ...peopleMethods,
    ...streamMethods,
  }),
)
