import '#page/tokens.css'
import '#page/parts.css'
import './style/frame.css'
import './style/side.css'
import './style/talk.css'
import './style/composer.css'
import './style/knows.css'
import './style/code.css'
import { render } from 'preact'
import { App } from './app.tsx'
import { listenForKeys } from './keys.ts'
import { enter } from './state/session.ts'

listenForKeys()
const root = document.getElementById('page')
if (root) render(<App />, root)
void enter()
