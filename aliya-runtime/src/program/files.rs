//! How many files, and so connections, the system lets this process open.

/// Files that are open beside clients' connections: databases, listeners, calls to other services.
const OTHERS: usize = 128;

/// Says in the log where clients could be refused long before `max_connections` is reached.
pub(super) fn warn_of_few(max_connections: usize) {
    // Where there is no such file nobody knows, and `accept` will tell.
    let limits = std::fs::read_to_string("/proc/self/limits").unwrap_or_default();
    let Some(files) = open_files(&limits) else {
        return;
    };
    if files < max_connections + OTHERS {
        tracing::warn!(
            "max_connections is {max_connections}, but this process may open only {files} files: \
             raise that limit (ulimit -n, LimitNOFILE of systemd) or set max_connections lower"
        );
    }
}

/// The limit that holds, of the text of `/proc/self/limits`; `None` where there is none.
fn open_files(limits: &str) -> Option<usize> {
    let line = limits
        .lines()
        .find_map(|it| it.strip_prefix("Max open files"))?;
    line.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::open_files;

    #[test]
    fn the_soft_limit_holds() {
        let limits = "Limit                     Soft Limit           Hard Limit           Units     \n\
                      Max processes             96365                96365                processes \n\
                      Max open files            1024                 524288               files     \n";
        assert_eq!(open_files(limits), Some(1024));
        assert_eq!(open_files(&limits.replace("1024  ", "unlimited")), None);
        assert_eq!(open_files(""), None);
    }
}
