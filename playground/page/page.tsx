import '#page/tokens.css'
import '#page/parts.css'
import 'uplot/dist/uPlot.min.css'
import './style.css'
import './discord/discord.css'
import './slack/slack.css'
import './inside/inside.css'
import { render } from 'preact'
import { Playground } from './playground.tsx'
import { followLinks } from './state/follow-links.ts'
import { listen } from './state/listen.ts'

listen()
followLinks()
const root = document.getElementById('page')
if (root) render(<Playground />, root)
