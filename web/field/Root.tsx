import { PanelsProvider } from '../kit/panels.tsx'
import { Guard } from '../kit/session.tsx'
import { SignInPage } from '../kit/SignIn.tsx'
import { rooms } from './rooms.ts'
import { Shell } from './Shell.tsx'

const panels = rooms.flatMap((room) => room.panels ?? [])

/** The roof of the phone: nobody passes without a session. */
export function Root() {
  return (
    <Guard signIn={(session) => <SignInPage session={session} place="现场" />}>
      <PanelsProvider panels={panels}>
        <Shell tabs={rooms.flatMap((room) => room.tabs ?? [])} />
      </PanelsProvider>
    </Guard>
  )
}
