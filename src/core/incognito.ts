/** Since when somebody is incognito in a conversation. */
export const incognitoPreference = 'incognito'
