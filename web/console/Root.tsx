import { useRouteError } from 'react-router'
import { PanelsProvider } from '../kit/panels.tsx'
import { Guard } from '../kit/session.tsx'
import { SignInPage } from '../kit/SignIn.tsx'
import { PageFailure } from '../kit/ui/PageFailure.tsx'
import { nav } from './nav.ts'
import { lists, panels } from './panels.ts'
import { Shell } from './Shell.tsx'

/** The roof: nobody passes without a session; the shell stands around every page. */
export function Root() {
  return (
    <Guard signIn={(session) => <SignInPage session={session} place="监督工作台" />}>
      <PanelsProvider panels={panels} lists={lists}>
        <Shell nav={nav} />
      </PanelsProvider>
    </Guard>
  )
}

/** A page that could not be loaded, most often because a newer version has been put in place. */
export function RouteBreak() {
  return (
    <main className="page-alone">
      <PageFailure error={useRouteError()} again={() => window.location.reload()} />
    </main>
  )
}
