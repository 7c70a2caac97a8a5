/** Settings of a service that is measured: few people ask there, and faster than people do. */
export const withoutLimits = { MESSAGES_PER_MINUTE: '0', MESSAGES_PER_DAY: '0', TOKENS_PER_DAY: '0' }
