/* verbs/file.c: the bytes of a document, sent and fetched a piece at a time: one message holds 1 MiB. */
#include "inside.h"
#include "treben/base/base64.h"
#include "treben/base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PIECE ((size_t)512 * 1024)
#define MOST ((size_t)10 * 1024 * 1024)

int file_send(struct client *c, const char *path, char **ret_blob)
{
    struct err e = {0};
    AUTOFREE char *bytes = NULL;
    AUTOFREE char *blob = NULL;
    size_t n;
    if (!file_read(path, MOST, &bytes, &n, &e)) {
        fprintf(stderr, "%s\n", e.text);
        return err_exit(e.code);
    }
    for (size_t at = 0, no = 0; at < n || no == 0; at += PIECE, no++) {
        json_t *result;
        AUTOFREE char *data = base64_encode(bytes + at, n - at < PIECE ? n - at : PIECE);
        json_t *params = json_pack("{s:s, s:I}", "data", n ? data : "AA==", "no", (json_int_t)no);
        if (blob)
            json_object_set_new(params, "blob", json_string(blob));
        if (!client_call(c, "file.put", params, &result, &e))
            return verb_failed(c, &e);
        if (!blob)
            blob = xstrdup(json_string_value(json_object_get(result, "blob")));
        json_decref(result);
    }
    *ret_blob = blob;
    blob = NULL;
    return 0;
}

static int cannot_write(const char *path)
{
    fprintf(stderr, _("%s cannot be written: %s\n"), path, strerror(errno));
    return 3;
}

/* A file that is there already stays as it is. */
int file_fetch(struct client *c, const char *id, const char *path)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    bool more = true;
    int status = 0;
    if (fd < 0)
        return cannot_write(path);
    for (int no = 0; more && !status; no++) {
        struct err e = {0};
        json_t *result = NULL;
        unsigned char *bytes = NULL;
        size_t n = 0;
        if (!client_call(c, "file.get", json_pack("{s:s, s:i}", "id", id, "no", no), &result, &e)) {
            status = verb_failed(c, &e);
            break;
        }
        const char *data = json_string_value(json_object_get(result, "data"));
        more = json_is_true(json_object_get(result, "more"));
        if (!data || !base64_decode(data, &bytes, &n) || write(fd, bytes, n) != (ssize_t)n)
            status = cannot_write(path);
        free(bytes);
        json_decref(result);
    }
    close(fd);
    if (status)
        unlink(path);
    return status;
}
