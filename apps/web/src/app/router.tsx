/** Which address shows which screen. Screens behind the sign-in are loaded when they are needed. */
import { createBrowserRouter, Navigate, Outlet, type RouteObject } from 'react-router';
import { signInPath } from '../session/destination.ts';
import { CrashScreen } from './crash-screen.tsx';
import { LoadingScreen } from './loading-screen.tsx';
import { NotFoundScreen } from './not-found-screen.tsx';
import { SignInRoute } from './sign-in-route.tsx';
import { useDocumentTitle } from './use-document-title.ts';
import { useLanguageOfPerson } from './use-choose-language.ts';

/** Where a person begins. */
const home = '/registers/project';

const routes: RouteObject[] = [
  {
    Component: Root,
    ErrorBoundary: CrashScreen,
    HydrateFallback: LoadingScreen,
    children: [
      { path: signInPath, Component: SignInRoute },
      {
        lazy: async () => ({
          Component: (await import('./workspace-layout.tsx')).WorkspaceLayout,
        }),
        children: [
          { index: true, element: <Navigate to={home} replace /> },
          {
            path: 'registers/:name/:record?',
            lazy: async () => ({
              Component: (await import('./register-page.tsx')).RegisterPage,
            }),
          },
        ],
      },
      { path: '*', Component: NotFoundScreen },
    ],
  },
];

export function createAppRouter() {
  return createBrowserRouter(routes);
}

function Root() {
  useLanguageOfPerson();
  useDocumentTitle(undefined);

  return <Outlet />;
}
