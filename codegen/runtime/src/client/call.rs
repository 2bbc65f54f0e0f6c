//! The states of the builders of inputs.

use super::Handle;
use std::fmt;
use std::marker::PhantomData;

/// Where a builder keeps the input: by itself, or with a client in a [`Call`]. The methods of a builder are written once for both.
pub trait Holds<T> {
    /// Returns the input.
    fn held(&self) -> &T;

    /// Returns the input, which can be changed.
    fn held_mut(&mut self) -> &mut T;
}

impl<T> Holds<T> for T {
    fn held(&self) -> &T {
        self
    }

    fn held_mut(&mut self) -> &mut T {
        self
    }
}

/// An input's builder together with the client that will send the input. `W` is the waiter that the call is for, if it is for one.
#[derive(Clone)]
pub struct Call<B, W = ()> {
    /// The client.
    pub handle: Handle,
    /// The builder of the input.
    pub builder: B,
    waiter: PhantomData<W>,
}

impl<B: Default, W> Call<B, W> {
    /// A call with an empty input.
    pub fn new(handle: &Handle) -> Self {
        Self { handle: handle.clone(), builder: B::default(), waiter: PhantomData }
    }
}

impl<B: fmt::Debug, W> fmt::Debug for Call<B, W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").field("handle", &self.handle).field("builder", &self.builder).finish()
    }
}
