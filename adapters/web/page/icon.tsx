import type { VNode } from 'preact'

const paths = {
  plus: 'M12 5v14M5 12h14',
  search: 'M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14ZM20 20l-4-4',
  pen: 'M4 20l1-4L16.500 4.500a2 2 0 0 1 3 3L8 19l-4 1Z',
  bin: 'M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  check: 'M5 12.500l4.500 4.500L19 7',
  up: 'M7 10v10H4V10h3Zm0 0 4-7c1.500 0 2.500 1 2.500 2.500L13 9h6l-1.500 9.500A2 2 0 0 1 15.500 20H7',
  down: 'M7 14V4H4v10h3Zm0 0 4 7c1.500 0 2.500-1 2.500-2.500L13 15h6l-1.500-9.500A2 2 0 0 0 15.500 4H7',
  again: 'M19 12a7 7 0 1 1-2-5l2 2M19 4v5h-5',
  more: 'M5 5l7 7-7 7M13 5l7 7-7 7',
  send: 'M12 20V5M6 11l6-6 6 6',
  stop: 'M7 7h10v10H7z',
  close: 'M6 6l12 12M18 6 6 18',
  menu: 'M4 7h16M4 12h16M4 17h10',
  moon: 'M20 14a8 8 0 1 1-10-10 6.500 6.500 0 0 0 10 10Z',
  sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.500 1.500M17.500 17.500 19 19M5 19l1.500-1.500M17.500 6.500 19 5',
  half: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM12 3v18M15 5v14M18 7.500v9',
  mind: 'M12 4a4 4 0 0 1 4 3 4 4 0 0 1 3 6 4 4 0 0 1-4 6 3 3 0 0 1-3 1 3 3 0 0 1-3-1 4 4 0 0 1-4-6 4 4 0 0 1 3-6 4 4 0 0 1 4-3ZM12 4v16M9 10h3M12 14h3',
  out: 'M10 4H5v16h5M14 8l4 4-4 4M18 12H9',
  file: 'M6 3h8l4 4v14H6zM14 3v4h4',
  cloud: 'M7 18a4 4 0 0 1 0-8 5 5 0 0 1 9.500-1.500A4.500 4.500 0 0 1 17 18M4 4l16 16',
  keys: 'M3 7h18v10H3zM7 11h.01M11 11h.01M15 11h.01M8 14h8',
} as const
export type IconName = keyof typeof paths

/** A drawing beside words, or in a button that has a name; `size` in pixels where it is not the usual one. */
export function Icon({ name, size }: { name: IconName; size?: number }): VNode {
  return (
    <svg
      viewBox="0 0 24 24"
      class="icon"
      {...(size !== undefined && { style: { inlineSize: `${size}px`, blockSize: `${size}px` } })}
      aria-hidden="true"
    >
      <path d={paths[name]} />
    </svg>
  )
}
