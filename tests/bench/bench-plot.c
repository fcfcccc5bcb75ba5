/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "bench-plot.h"

#include <math.h>

/*
 * The plot: how long a payload takes from the page to C and back, against its size, as an SVG of
 * our own writing. Both axes are logarithmic. A curve goes through medians; the bar at each point
 * reaches up to the 99th percentile.
 */

#define WIDTH 860
#define HEIGHT 540
#define LEFT 84
#define RIGHT 40
#define TOP 112
#define BOTTOM 64

/* Curves are told apart by their marks too, for not everybody sees the colours. */
static const struct
{
  const char *prefix; /* of the names of the series */
  const char *title;
  const char *class;
  const char *mark; /* a path around 0,0 */
} curves[] = {
  { "bytes-", "Mullion, ArrayBuffer", "c1", "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0 -10 0z" },
  { "text-", "Mullion, text", "c2", "M-4.5 -4.5h9v9h-9z" },
  { "fetch-", "fetch of a custom scheme, ArrayBuffer", "c3", "M0 -6l5.5 10h-11z" },
  { "post-text-", "WebKit's postMessage with reply, text", "c4", "M0 -6.5l6 6.5l-6 6.5l-6 -6.5z" },
};

static const struct
{
  const char *label; /* how the names of its series end, too */
  double bytes;
} sizes[] = {
  { "1 KiB", 0x1p10 },   { "4 KiB", 0x1p12 }, { "16 KiB", 0x1p14 },
  { "64 KiB", 0x1p16 },  { "256 KiB", 0x1p18 }, { "1 MiB", 0x1p20 },
  { "4 MiB", 0x1p22 },   { "16 MiB", 0x1p24 }, { "64 MiB", 0x1p26 },
};

static const char style[] =
  "text { font: 13px Cantarell, sans-serif; fill: #241f31 }\n"
  ".title { font-size: 17px; font-weight: bold }\n"
  ".paper { fill: #ffffff }\n"
  ".grid { stroke: #deddda }\n"
  ".axis { stroke: #77767b; fill: none }\n"
  ".curve { fill: none; stroke-width: 2 }\n"
  ".bar { stroke-width: 1 }\n"
  ".c1 { stroke: #1c71d8 } .mark.c1 { fill: #1c71d8 }\n"
  ".c2 { stroke: #1a7f4b } .mark.c2 { fill: #1a7f4b }\n"
  ".c3 { stroke: #813d9c } .mark.c3 { fill: #813d9c }\n"
  ".c4 { stroke: #c64600 } .mark.c4 { fill: #c64600 }\n"
  "@media (prefers-color-scheme: dark) {\n"
  "text { fill: #f6f5f4 }\n"
  ".paper { fill: #1e1e1e }\n"
  ".grid { stroke: #3d3846 }\n"
  ".axis { stroke: #9a9996 }\n"
  ".c1 { stroke: #62a0ea } .mark.c1 { fill: #62a0ea }\n"
  ".c2 { stroke: #57e389 } .mark.c2 { fill: #57e389 }\n"
  ".c3 { stroke: #dc8add } .mark.c3 { fill: #dc8add }\n"
  ".c4 { stroke: #ffa348 } .mark.c4 { fill: #ffa348 }\n"
  "}\n";

typedef struct
{
  GString *svg;
  BenchResults *results;
  double lowest;  /* log10 of microseconds, whole */
  double highest;
} Plot;

static BenchSeries *
lookup (BenchResults *results,
        gsize         curve,
        gsize         size)
{
  g_autofree char *name = g_strconcat (curves[curve].prefix, sizes[size].label, NULL);

  return bench_results_lookup (results, name);
}

/* -- Where things are. SVG has points in its numbers, whatever the locale. -- */

static double
get_x (double bytes)
{
  double first = log2 (sizes[0].bytes);
  double last = log2 (sizes[G_N_ELEMENTS (sizes) - 1].bytes);

  return LEFT + (log2 (bytes) - first) / (last - first) * (WIDTH - LEFT - RIGHT);
}

static double
get_y (Plot   *plot,
       double  microseconds)
{
  double part = (log10 (microseconds) - plot->lowest) / (plot->highest - plot->lowest);

  return HEIGHT - BOTTOM - part * (HEIGHT - TOP - BOTTOM);
}

/* The axis begins and ends with a power of ten. */
static void
find_range (Plot *plot)
{
  plot->lowest = G_MAXDOUBLE;
  plot->highest = -G_MAXDOUBLE;

  for (gsize i = 0; i < G_N_ELEMENTS (curves) * G_N_ELEMENTS (sizes); i++)
    {
      BenchSeries *series = lookup (plot->results, i / G_N_ELEMENTS (sizes),
                                    i % G_N_ELEMENTS (sizes));
      BenchSummary summary;

      if (series == NULL)
        continue;

      summary = bench_series_summarize (series, FALSE);
      plot->lowest = MIN (plot->lowest, floor (log10 (summary.median)));
      plot->highest = MAX (plot->highest, ceil (log10 (summary.p99)));
    }

  plot->highest = MAX (plot->highest, plot->lowest + 1);
}

static void add (GString    *svg,
                 const char *template,
                 ...) G_GNUC_PRINTF (2, 3);

/* Appends a line to the picture. */
static void
add (GString    *svg,
     const char *template,
     ...)
{
  va_list args;

  va_start (args, template);
  g_string_append_vprintf (svg, template, args);
  va_end (args);
  g_string_append_c (svg, '\n');
}

/* -- What is drawn -- */

static char *
name_time (double exponent)
{
  const char *units[] = { "ns", "µs", "ms", "s" };
  int thousands = floor (exponent / 3);

  thousands = CLAMP (thousands, -1, 2);
  return g_strdup_printf ("%.0f %s", pow (10, exponent - 3 * thousands), units[thousands + 1]);
}

static void
draw_axes (Plot *plot)
{
  const int bottom = HEIGHT - BOTTOM;

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      int x = get_x (sizes[i].bytes);

      add (plot->svg, "<path class='grid' d='M%d %dV%d'/>", x, TOP, bottom);
      add (plot->svg, "<text x='%d' y='%d' text-anchor='middle'>%s</text>", x, bottom + 22,
           sizes[i].label);
    }

  for (double exponent = plot->lowest; exponent <= plot->highest; exponent++)
    {
      int y = get_y (plot, pow (10, exponent));
      g_autofree char *label = name_time (exponent);

      add (plot->svg, "<path class='grid' d='M%d %dH%d'/>", LEFT, y, WIDTH - RIGHT);
      add (plot->svg, "<text x='%d' y='%d' text-anchor='end'>%s</text>", LEFT - 10, y + 4, label);
    }

  add (plot->svg, "<path class='axis' d='M%d %dV%dH%d'/>", LEFT, TOP, bottom, WIDTH - RIGHT);
  add (plot->svg, "<text x='%d' y='%d' text-anchor='middle'>size of the payload</text>",
       (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 14);
  add (plot->svg, "<text transform='translate(20 %d) rotate(-90)' text-anchor='middle'>"
       "time to C and back</text>", (TOP + bottom) / 2);
}

static void
draw_mark (Plot *plot,
           gsize curve,
           int   x,
           int   y)
{
  add (plot->svg, "<path class='mark %s' transform='translate(%d %d)' d='%s'/>",
       curves[curve].class, x, y, curves[curve].mark);
}

/* Adds a point to the line of its curve. */
static void
draw_point (Plot        *plot,
            gsize        curve,
            gsize        size,
            BenchSeries *series,
            GString     *line)
{
  BenchSummary summary = bench_series_summarize (series, FALSE);
  int x = get_x (sizes[size].bytes);
  int y = get_y (plot, summary.median);

  g_string_append_printf (line, "%c%d %d", line->len == 0 ? 'M' : 'L', x, y);
  add (plot->svg, "<path class='bar %s' d='M%d %dV%dm-4 0h8'/>", curves[curve].class, x, y,
       (int) get_y (plot, summary.p99));
  draw_mark (plot, curve, x, y);
}

static void
draw_curve (Plot *plot,
            gsize curve)
{
  g_autoptr(GString) line = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      BenchSeries *series = lookup (plot->results, curve, i);

      if (series != NULL)
        draw_point (plot, curve, i, series, line);
    }

  add (plot->svg, "<path class='curve %s' d='%s'/>", curves[curve].class, line->str);
}

static void
draw_legend (Plot *plot,
             gsize curve)
{
  int x = LEFT + 8 + curve % 2 * 300;
  int y = 66 + (int) (curve / 2) * 22;

  add (plot->svg, "<path class='curve %s' d='M%d %dh32'/>", curves[curve].class, x, y);
  draw_mark (plot, curve, x + 16, y);
  add (plot->svg, "<text x='%d' y='%d'>%s</text>", x + 42, y + 4, curves[curve].title);
}

gboolean
bench_plot_is_possible (BenchResults *results)
{
  for (gsize i = 0; i < G_N_ELEMENTS (curves) * G_N_ELEMENTS (sizes); i++)
    if (lookup (results, i / G_N_ELEMENTS (sizes), i % G_N_ELEMENTS (sizes)) != NULL)
      return TRUE;

  return FALSE;
}

gboolean
bench_plot_save (BenchResults  *results,
                 const char    *path,
                 GError       **error)
{
  g_autoptr(GString) svg = g_string_new (NULL);
  Plot plot = { .svg = svg, .results = results };

  find_range (&plot);
  add (svg, "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' width='%d' height='%d'>",
       WIDTH, HEIGHT, WIDTH, HEIGHT);
  add (svg, "<title>Latency against the size of the payload</title>");
  add (svg, "<style>:root { color-scheme: light dark }\n%s</style>", style);
  add (svg, "<rect class='paper' width='100%%' height='100%%'/>");
  add (svg, "<text class='title' x='%d' y='34'>A payload from the page to C and back: medians, and "
       "bars to the 99th percentile</text>", LEFT);

  draw_axes (&plot);
  for (gsize i = 0; i < G_N_ELEMENTS (curves); i++)
    {
      draw_legend (&plot, i);
      draw_curve (&plot, i);
    }
  add (svg, "</svg>");

  return g_file_set_contents (path, svg->str, svg->len, error);
}
