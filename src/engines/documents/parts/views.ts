/** Views: what reads them, and what makes them. */
import { resolveView, systemViews, viewData, viewOf } from '../operations/views.ts';
import { bring } from './brought.ts';

export function install(): void {
  bring({ resolveView, systemViews, viewData, viewOf });
}
