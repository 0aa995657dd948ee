/** All lasting links as a file. It names paths: the site's address is known to its readers alone. */
import type { APIRoute } from 'astro';
import { linksAsCsv } from '../../sharing/lms/links.ts';
import { base } from '../../foundation/addresses/base.ts';

export const GET: APIRoute = () =>
  // The mark at the start tells spreadsheets that this is UTF-8.
  new Response(`\uFEFF${linksAsCsv(base)}`, {
    headers: { 'Content-Type': 'text/csv; charset=utf-8' },
  });
