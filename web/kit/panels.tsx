import type { Permission } from '@plumbline/core/access'
import type { ActLine } from '@plumbline/core/workflow'
import { type ComponentType, createContext, type ReactNode, Suspense, useContext } from 'react'
import type { RouteObject } from 'react-router'
import { mayOpen, useSession } from './session.tsx'
import { Boundary } from './ui/Boundary.tsx'
import { Loading } from './ui/Loading.tsx'
import { Section } from './ui/Section.tsx'

/** `case` stands on every case that has no slot of its own name; `inspection` on inspections beside it. */
export type SlotName = 'project' | 'case' | 'inspection' | 'person' | 'org' | 'device' | 'home' | 'statistics'

/** `id` is that of the page's subject; empty on the home page and on the statistics of all projects. */
export interface PanelProps {
  id: string
  /** The history of the subject as its page has read it, where it has. */
  acts?: readonly ActLine[]
}

/** What one room shows on another room's page. The roof hangs it up; it calls its own room's contract. */
export interface Panel {
  slot: SlotName
  /** Small numbers stand higher. */
  order: number
  title: string
  Component: ComponentType<PanelProps>
  permission?: Permission
  /** The panel draws its own frame (a strip of figures), no card. */
  bare?: boolean
  /** Stands in the narrow column where the page has two. */
  side?: boolean
}

/** An entry of the navigation; `useCount` is a hook, so that the number is the room's own and live. */
export interface NavItem {
  group: string
  order: number
  path: string
  label: string
  permission?: Permission
  useCount?: () => number | undefined
  /** Stands in the header with its number (报警 4) instead of at the left. */
  head?: boolean
}

/** The address at which a project's cases are listed, all or only the open ones; undefined where no list shows just these. */
export type CaseListAt = (projectId: string, open: boolean) => string | undefined

/** By the name of the workflow: so that a count of cases on another room's page opens its rows. */
export type CaseLists = Readonly<Record<string, CaseListAt>>

/** What a room's index.tsx may export for the console; the roof reads exactly these names. */
export interface RoomFace {
  routes?: readonly RouteObject[]
  /** Pages for anybody, without a session and outside the shell. */
  open?: readonly RouteObject[]
  nav?: readonly NavItem[]
  panels?: readonly Panel[]
  lists?: CaseLists
}

/** A tab at the foot of the phone; order 1 to 98 stands between 待办 and 我的. */
export interface FieldTab {
  order: number
  path: string
  label: string
  icon: 'inbox' | 'site' | 'check' | 'repair' | 'device' | 'person'
  permission?: Permission
  useCount?: () => number | undefined
}

/** What a room's field.tsx may export for the phone; paths stand below /field. */
export interface FieldFace {
  routes?: readonly RouteObject[]
  tabs?: readonly FieldTab[]
  panels?: readonly Panel[]
}

const PanelsContext = createContext<readonly Panel[]>([])
const ListsContext = createContext<CaseLists>({})

interface PanelsProviderProps {
  panels: readonly Panel[]
  lists?: CaseLists
  children: ReactNode
}

export function PanelsProvider({ panels, lists = {}, children }: PanelsProviderProps) {
  return (
    <PanelsContext value={panels}>
      <ListsContext value={lists}>{children}</ListsContext>
    </PanelsContext>
  )
}

/** Where the cases of each workflow are listed. */
export const useCaseLists = (): CaseLists => useContext(ListsContext)

/** The panels of a slot that the reader may open, highest first. */
export function usePanels(name: SlotName): Panel[] {
  const session = useSession()
  return useContext(PanelsContext)
    .filter((panel) => panel.slot === name && mayOpen(session, panel.permission))
    .toSorted((one, other) => one.order - other.order)
}

interface SlotProps extends Partial<PanelProps> {
  name: SlotName
  /** Only panels of the narrow column, or only the others. */
  side?: boolean
  /** Only panels that draw their own frame, or only the others. */
  bare?: boolean
}

/** Hangs up every room's panel for this subject; one that breaks does not take the page with it. */
export function Slot({ name, id = '', acts, side, bare }: SlotProps) {
  const panels = usePanels(name).filter(
    (panel) =>
      (side === undefined || Boolean(panel.side) === side) && (bare === undefined || Boolean(panel.bare) === bare),
  )
  return panels.map((panel) => <Hung key={`${panel.order} ${panel.title}`} panel={panel} id={id} acts={acts} />)
}

function Hung({ panel, ...props }: { panel: Panel } & PanelProps) {
  const content = (
    <Boundary>
      <Suspense fallback={<Loading />}>
        <panel.Component {...props} />
      </Suspense>
    </Boundary>
  )
  return panel.bare ? content : <Section title={panel.title}>{content}</Section>
}
