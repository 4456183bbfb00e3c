/*
 * A quota of one folder for a process that is started with this library loaded before its own: a write that would make
 * the folder's contents larger than the quota fails with EDQUOT, as it does where the kernel enforces one. Few kernels
 * can be configured to do so, and root is never held to a quota.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

static _Thread_local long long held;

static int add(const char *path, const struct stat *entry, int kind, struct FTW *level) {
  (void)path, (void)level;
  if (kind == FTW_F) held += entry->st_size;
  return 0;
}

static int isRefused(int fd, off_t at, size_t length) {
  const char *folder = getenv("QUOTA_FOLDER"), *most = getenv("QUOTA_BYTES");
  char link[64], path[PATH_MAX];
  struct stat entry;
  if (folder == NULL || most == NULL) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t chars = readlink(link, path, sizeof path - 1);
  if (chars <= 0 || (size_t)chars < strlen(folder) || strncmp(path, folder, strlen(folder)) != 0) return 0;
  if (fstat(fd, &entry) != 0 || !S_ISREG(entry.st_mode)) return 0;
  if (at < 0) at = lseek(fd, 0, SEEK_CUR);
  off_t more = at + (off_t)length - entry.st_size;
  if (more <= 0) return 0;
  held = 0;
  nftw(folder, add, 8, FTW_PHYS);
  if (held + more <= atoll(most)) return 0;
  errno = EDQUOT;
  return 1;
}

static size_t bytesOf(const struct iovec *parts, int count) {
  size_t bytes = 0;
  for (int i = 0; i < count; i++) bytes += parts[i].iov_len;
  return bytes;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int fd, const void *from, size_t length) { return isRefused(fd, -1, length) ? -1 : REAL(write)(fd, from, length); }
ssize_t pwrite(int fd, const void *from, size_t length, off_t at) { return isRefused(fd, at, length) ? -1 : REAL(pwrite)(fd, from, length, at); }
ssize_t pwrite64(int fd, const void *from, size_t length, off64_t at) { return isRefused(fd, at, length) ? -1 : REAL(pwrite64)(fd, from, length, at); }
ssize_t writev(int fd, const struct iovec *parts, int count) { return isRefused(fd, -1, bytesOf(parts, count)) ? -1 : REAL(writev)(fd, parts, count); }
ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t at) { return isRefused(fd, at, bytesOf(parts, count)) ? -1 : REAL(pwritev)(fd, parts, count, at); }
ssize_t pwritev64(int fd, const struct iovec *parts, int count, off64_t at) { return isRefused(fd, at, bytesOf(parts, count)) ? -1 : REAL(pwritev64)(fd, parts, count, at); }
