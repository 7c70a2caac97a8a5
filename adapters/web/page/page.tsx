import '#page/tokens.css'
import '#page/parts.css'
import '#page/rich.css'
import './style/frame.css'
import './style/dialog.css'
import './style/sign-in.css'
import './style/side.css'
import './style/talk.css'
import './style/question.css'
import './style/answer.css'
import './style/tools.css'
import './style/welcome.css'
import './style/composer.css'
import './style/knows.css'
import './style/code.css'
import { render } from 'preact'
import { App } from './app.tsx'
import { listenForKeys } from './keys.ts'
import { enter } from './state/session.ts'
import { followDays } from './state/today.ts'

listenForKeys()
followDays(document)
const root = document.getElementById('page')
if (root) render(<App />, root)
void enter()
