/* Where my day's parts stand: every head has its row, and the rows that are left over are shared out. */
#include "myday.h"

#include <string.h>

#define BLOCKS_MAX 12

struct block {
    const json_t *section; /* NULL: the chain */
    const json_t *rows;
    json_int_t total;
    int shown;
};

static struct place *add(struct myday *d, enum place_type type, int y, int x, const json_t *o, const json_t *section)
{
    if (d->n == MYDAY_PLACES)
        return NULL;
    struct place *p = &d->places[d->n++];
    *p = (struct place){.type = type, .y = y, .x = x, .o = o, .section = section};
    return p;
}

/* An empty part says nothing, except that there is nothing to do today. */
static size_t take_blocks(const struct myday *d, struct block blocks[BLOCKS_MAX])
{
    size_t i, n = 0;
    const json_t *section;
    json_array_foreach(get_array(d->day, "sections"), i, section) {
        json_int_t total = get_int(section, "n");
        bool tasks = strcmp(get_text(section, "name"), "tasks") == 0;
        bool old = strcmp(get_text(section, "name"), "old_import") == 0;
        if (n < BLOCKS_MAX - 1 && (total > 0 || tasks))
            blocks[n++] = (struct block){.section = section, .total = total,
                                         .rows = old ? NULL : get_array(section, "rows")};
    }
    const json_t *chain = get_array(d->day, "chain");
    if (json_array_size(chain))
        blocks[n++] = (struct block){.rows = chain, .total = get_int(d->day, "chain_n")};
    return n;
}

/* What a person has to do gets two rows where the other parts get one, until there are no more rows or no more room.
 * What is not due yet takes only what the others leave. Gives the rows that are left. */
static int share(struct block *blocks, size_t n, int room, bool later)
{
    bool given = true;
    while (room > 0 && given) {
        given = false;
        for (size_t i = 0; i < n && room > 0; i++) {
            const char *name = get_text(blocks[i].section, "name");
            int most = strcmp(name, "tasks") == 0 || strcmp(name, "approvals") == 0 ? 2 : 1;
            if ((strcmp(name, "later") == 0) != later)
                continue;
            int left = (int)json_array_size(blocks[i].rows) - blocks[i].shown;
            int rows = most < left ? most : left;
            rows = rows < room ? rows : room;
            blocks[i].shown += rows;
            room -= rows;
            given = given || rows > 0;
        }
    }
    return room;
}

/* The last column is as wide as its longest text, within what the screen can spare. */
static int last_width(const struct block *b, int width)
{
    int most = width < 110 ? 18 : 18 + (width - 110) / 3, longest = 0;
    for (int i = 0; i < b->shown; i++) {
        int cols = text_cols(get_text(json_array_get(b->rows, (size_t)i), "subject"));
        longest = cols > longest ? cols : longest;
    }
    return longest < most ? longest : most;
}

static int lay_block(struct myday *d, const struct block *b, int y, int width)
{
    int last = last_width(b, width);
    if (b->section)
        (void)add(d, PLACE_HEAD, y, 0, b->section, b->section);
    else
        d->chain_y = y;
    y++;
    for (int i = 0; i < b->shown; i++, y++) {
        bool cut = b->section && i == b->shown - 1 && b->total > b->shown;
        const json_t *row = json_array_get(b->rows, (size_t)i);
        struct place *p = add(d, !b->section ? PLACE_CHAIN : cut ? PLACE_MORE : PLACE_ROW, y, 1, row, b->section);
        if (p)
            p->last = last;
        if (p && cut)
            p->rest = b->total - b->shown + 1;
    }
    return y;
}

static int week_rows(const struct myday *d)
{
    size_t i;
    const json_t *day;
    int rows = 0;
    json_array_foreach(get_array(d->day, "week"), i, day)
        rows = get_text(day, "text")[0] || rows == 2 ? 2 : 1;
    return rows;
}

static int lay_week(struct myday *d, int y, int width)
{
    const json_t *week = get_array(d->day, "week"), *day;
    size_t i, n = json_array_size(week);
    d->week_y = -1;
    if (n == 0)
        return y;
    d->week_y = y;
    json_array_foreach(week, i, day) {
        if (get_text(day, "text")[0])
            (void)add(d, PLACE_DAY, y + 1, 6 + (int)i * ((width - 8) / (int)n), day, day);
    }
    return y + week_rows(d);
}

static int lay_drafts(struct myday *d, int y, int most)
{
    const json_t *drafts = get_array(d->day, "drafts"), *draft;
    size_t i;
    json_array_foreach(drafts, i, draft) {
        if ((int)i == most)
            break;
        (void)add(d, PLACE_DRAFT, y++, 1, draft, NULL);
    }
    return y;
}

void myday_lay(struct myday *d, int height, int width)
{
    struct block blocks[BLOCKS_MAX];
    size_t n = take_blocks(d, blocks);
    int drafts = (int)json_array_size(get_array(d->day, "drafts"));
    int most = height > 30 ? 5 : 2, wanted = 0;
    int week = week_rows(d);
    drafts = drafts < most ? drafts : most;
    int room = height - (int)n - week - drafts;
    int gaps = (int)n + (week > 0) + (drafts > 0);
    for (size_t i = 0; i < n; i++) {
        int has = (int)json_array_size(blocks[i].rows);
        wanted += has < 2 ? has : 2;
    }
    bool airy = room - gaps >= wanted;
    room = share(blocks, n, airy ? room - gaps : room, false);
    (void)share(blocks, n, room, true);
    int y = airy;
    d->n = 0;
    d->chain_y = -1;
    for (size_t i = 0; i < n; i++)
        y = lay_block(d, &blocks[i], y, width) + airy;
    y = lay_week(d, y, width) + (airy && week);
    (void)lay_drafts(d, y, drafts);
    if (d->at >= d->n)
        d->at = d->n ? d->n - 1 : 0;
}
