//! What a fault does to the bytes of a connection.

use std::time::Duration;

use tokio::sync::watch;

/// What is wrong with the line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fault {
    /// Nothing: bytes are carried as they come.
    #[default]
    None,
    /// Every piece waits for so long.
    Latency(Duration),
    /// Nothing is carried, and nobody is told; bytes wait for the end of the fault.
    BlackHole,
    /// Every connection carries so many bytes more in each direction, then it is closed.
    Cut(u64),
}

/// What stands in the way of the bytes of one direction of a connection.
pub struct Gate {
    fault: watch::Receiver<(u64, Fault)>,
    /// The number of the cut that holds, and how many bytes it lets through yet.
    cut: Option<(u64, u64)>,
}

impl Gate {
    /// Open until the fault says otherwise.
    pub fn new(fault: watch::Receiver<(u64, Fault)>) -> Self {
        Self { fault, cut: None }
    }

    /// Waits until bytes may pass, and returns those that may: the first of them at a cut.
    pub async fn opens<'b>(&mut self, bytes: &'b [u8]) -> &'b [u8] {
        let (number, fault) = loop {
            let held = *self.fault.borrow_and_update();
            // Without a proxy there is no fault either, and the connection ends in a moment.
            if held.1 != Fault::BlackHole || self.fault.changed().await.is_err() {
                break held;
            }
        };
        match fault {
            Fault::None | Fault::BlackHole => bytes,
            Fault::Latency(time) => {
                tokio::time::sleep(time).await;
                bytes
            }
            Fault::Cut(after) => {
                let left = match self.cut {
                    Some((of, left)) if of == number => left,
                    _ => after,
                };
                let passes = usize::try_from(left).unwrap_or(usize::MAX).min(bytes.len());
                let passed = u64::try_from(passes).unwrap_or(u64::MAX);
                self.cut = Some((number, left.saturating_sub(passed)));
                bytes.get(..passes).unwrap_or_default()
            }
        }
    }
}
